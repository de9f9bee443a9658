/* Escape leaves the site like the button does, and leaves no way back to the page in the history of this tab. */
(function () {
  "use strict";
  var exit = document.getElementById("page_exit");
  if (!exit) {
    return;
  }
  function leave(event) {
    event.preventDefault();
    document.documentElement.hidden = true;
    window.location.replace(exit.href);
  }
  exit.addEventListener("click", leave);
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && !event.defaultPrevented) {
      leave(event);
    }
  });
})();
