"""Total control (总量控制): the cap of the province, and the caps of its cities."""
