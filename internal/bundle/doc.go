// Package bundle makes one OpenAPI document of a description, or of a part of it, for the tools of
// other languages. Every name in the document is unique, and it refers to no other file.
//
// Files use each other in this order only: bundle, notification, document, copy, choice,
// componentname, bundler, wanted, print.
package bundle
