// Sends the one form of a page that only passes something on; without script its button does it.
document.querySelector("form[data-auto-submit]")?.submit();
