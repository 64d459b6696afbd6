// Package browser opens the pages of the mock server in headless Chromium, as a person does: it
// watches requests come in, pays, looks at notifications, and takes pictures. It has a go.mod of
// its own, so that users of wxgen do not depend on the browser's driver.
package browser
