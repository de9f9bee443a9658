"use strict";
document.body.classList.add("scripted");
document.getElementById("save").addEventListener("click", function () {
  const name = document.getElementById("name");
  const told = document.getElementById("told");
  if (!name.value.trim()) {
    told.textContent = "Write your name first.";
    name.focus();
    return;
  }
  const lines = [document.getElementById("head").textContent.trim(), "Name: " + name.value.trim(), ""];
  let count = 0;
  document.querySelectorAll("fieldset").forEach(function (field) {
    const chosen = field.querySelector("input:checked");
    const text = field.querySelector("textarea").value.trim();
    if (!chosen && !text) return;
    count += 1;
    const said = text ? "change: " + text.replace(/\n\[/g, "\n [") : chosen.value === "change" ? "change: (not said)" : "correct";
    lines.push("[" + field.dataset.block + "] " + said);
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/plain" }));
  link.download = "fact-check-answers.txt";
  link.click();
  URL.revokeObjectURL(link.href);
  told.textContent = count + " answered. Send the file fact-check-answers.txt back.";
});
