// Begins the page in the browser.
import { render } from "preact";

const place = document.getElementById("page");
if (place !== null) render(<h1>teemem</h1>, place);
