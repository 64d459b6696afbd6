// Package layer lays one description over another: a folder over a folder, or an OpenAPI Overlay
// over both.
//
// Files use each other in this order only: overlay, action, jsonpath, stack, node, document.
package layer
