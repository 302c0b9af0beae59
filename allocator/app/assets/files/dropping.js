// A place where a file is dropped, and the field in it where one is chosen.

// take(file) hears either; what is dropped beside the place opens no file in the window
export function dropping(place, input, take) {
    input.addEventListener("change", () => input.files[0] && take(input.files[0]));
    for (const name of ["dragover", "drop"]) document.addEventListener(name, event => event.preventDefault());
    place.addEventListener("dragover", () => place.classList.add("over"));
    place.addEventListener("dragleave", () => place.classList.remove("over"));
    place.addEventListener("drop", event => {
        place.classList.remove("over");
        if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
    });
}
