// Shows the id of the page from which the reader came, and puts it into the link to a new issue.
(function () {
  "use strict";
  var found = /[?&]page=([^&]*)/.exec(location.search);
  var id = found ? found[1] : "";
  if (!/^[a-z0-9][a-z0-9_.\/-]{0,150}$/.test(id)) return;
  document.getElementById("page-id").textContent = id;
  document.getElementById("about").hidden = false;
  var issue = document.getElementById("issue");
  if (issue) issue.href += "?title=" + encodeURIComponent(id) + "&issue[title]=" + encodeURIComponent(id);
})();
