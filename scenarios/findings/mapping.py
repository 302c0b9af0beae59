"""Findings about the map of the regions: shapes and tiles."""

from __future__ import annotations

from scenarios.wording import Text

MAPPING: dict[str, Text] = {
    "shapes_kind": Text("这是“{found}”，需要 GeoJSON（FeatureCollection）或 TopoJSON（Topology）。请用地图软件另存为其中一种。",
                        "this is “{found}”; GeoJSON (FeatureCollection) or TopoJSON (Topology) is needed. Save the map as one of them."),
    "shapes_none": Text("文件中没有面（Polygon、MultiPolygon）。请换成各地区边界的文件。",
                        "the file has no areas (Polygon, MultiPolygon). Name a file with the borders of the regions."),
    "shapes_many_points": Text("边界约有 {found} 个点，最多 {limit} 个。请先在地图软件中简化。",
                               "the borders have about {found} points, {limit} at most. Simplify them in a map program first."),
    "shapes_many_drawn": Text("简化后仍有 {found} 个点，最多 {limit} 个：边界杂乱，或者地区太多太碎。请换一个文件，或先在地图软件中简化。",
                              "after simplifying {found} points are left, {limit} at most: the borders are noise, or the areas too many. Name another file, or simplify it in a map program first."),
    "shapes_many": Text("有 {found} 个图形，最多 {limit} 个。请只留本省各地区。",
                        "there are {found} shapes, {limit} at most. Leave those of the province's regions."),
    "shape_form": Text("坐标的写法不对：需要由点组成的环，每点为 [经度, 纬度]。请重新导出。",
                       "the coordinates are not formed as they should: rings of points, each [longitude, latitude], are needed. Export the file again."),
    "shape_number": Text("第 {n} 个点是“{found}”，需要两个有限的数：经度、纬度。请改正或重新导出。",
                         "point {n} is “{found}”; two finite numbers are needed, longitude and latitude. Mend it, or export the file again."),
    "shape_ring": Text("环不闭合：共 {count} 个点，首点（{first}），末点（{last}）。至少要 4 个点，首末相同。请改正或重新导出。",
                       "the ring is not closed: {count} points, the first ({first}), the last ({last}). At least 4 are needed, the last the same as the first. Mend it, or export the file again."),
    "shape_degrees": Text("点（{found}）不在中国范围内。需要先经度（70–140）后纬度（0–60），单位为度；平面坐标（米）请先转换为经纬度。",
                          "the point ({found}) is outside China. Longitude (70–140) comes first, latitude (0–60) second, in degrees; convert plane coordinates (metres) first."),
    "shape_hole": Text("洞在外环之外。请改正或重新导出。", "the hole lies outside its outer ring. Mend it, or export the file again."),
    "shape_arc": Text("没有编号为 {found} 的弧（共 {count} 条）。请重新导出。",
                      "there is no arc {found} (of {count}). Export the file again."),
    "shapes_match_none": Text("没有一个图形是方案中的地区。文件中有：{found}；需要：{needed}。请检查文件，或在属性中写明 adcode 或 name。",
                              "none of the shapes is a region of the scenario. The file has {found}; needed: {needed}. Check the file, or give adcode or name among its properties."),
    "shape_meant": Text("图形“{found}”不是方案中的地区，而“{meant}”没有图形。是同一地区吗？是则请在文件中改名或写明 adcode；不是则该图形不用。",
                        "the shape “{found}” is no region of the scenario, and “{meant}” has no shape. Are they the same? If so, rename it in the file or give its adcode; if not, the shape is not used."),
    "shapes_missing": Text("地图上没有：{missing}。这些地区只列在表中。", "not on the map: {missing}. These regions stand in the table alone."),
    "shapes_spare": Text("图形不是方案中的地区，没有画出：{found}。", "shapes of no region of the scenario, not drawn: {found}."),
    "shapes_joined": Text("有不止一个图形，合为一个地区：{found}。", "more than one shape, joined as one region: {found}."),
    "tile_number": Text("“{found}”不是格子的行列号。需要 1 到 {most} 的整数。",
                        "“{found}” is no row or column of a tile. A whole number from 1 to {most} is needed."),
    "tile_taken": Text("“{name}”与“{other}”（{first}）同在第 {row} 行第 {column} 列。请移开一个。",
                       "“{name}” has the tile of “{other}” ({first}): row {row}, column {column}. Move one of them."),
    "tiles_missing": Text("格子表里没有：{missing}。这些地区只列在数据表中。",
                          "without a tile: {missing}. These regions stand in the table alone."),
}  # fmt: skip
