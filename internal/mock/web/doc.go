// Package web serves the pages for people at the mock server's root: live requests with the
// verdicts of their checks, remembered objects, operations with a form to try them, notifications,
// faults and the clock, and a page on which a person pays. The pages only show. Their script sends
// every change to the control interface, which has the guard.
//
// Files use each other in this order only: web, requests, command, typed, operations, objects,
// controls, page, list, site, views, choice, signed, qr, jsontext, texts.
package web
