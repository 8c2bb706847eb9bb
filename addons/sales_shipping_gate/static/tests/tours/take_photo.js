const PHOTO = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** Choose a photo in the file input of a tour step. */
export function takePhoto({ anchor }) {
    const bytes = Uint8Array.from(atob(PHOTO), (letter) => letter.charCodeAt(0));
    const data = new DataTransfer();
    data.items.add(new File([bytes], "crate.png", { type: "image/png" }));
    anchor.files = data.files;
    anchor.dispatchEvent(new Event("change", { bubbles: true }));
}
