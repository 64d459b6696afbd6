// Package web is the page for people at the mock server's root: requests as they come in and what
// each check said, what the server remembers, the operations with a form to try them,
// notifications, faults and the clock, and a page on which a person pays. The pages only show; all
// that changes anything goes from their script to the control interface, which has the guard.
//
// Files use each other in this order only: web, requests, command, typed, operations, objects,
// controls, page, list, site, views, choice, signed, qr, jsontext, texts.
package web
