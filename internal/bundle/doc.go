// Package bundle makes one OpenAPI document of a description, or of a part of it, for the tools of
// other languages: every name is unique in it, and it stands by itself.
//
// Files use each other in this order only: bundle, notification, document, copy, choice,
// componentname, bundler, wanted, print.
package bundle
