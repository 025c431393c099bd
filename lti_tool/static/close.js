// Tells the LMS that its registration dialogue may close (LTI Dynamic Registration 1.0 §3.6.2).
document.getElementById("close")?.addEventListener("click", () => {
  (window.opener || window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, "*");
});
