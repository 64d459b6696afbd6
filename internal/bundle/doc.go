// Package bundle makes one OpenAPI document of a description, or of a part of it, for the tools of
// other languages: every name is unique in it, and it stands by itself.
//
// Files use each other in this order only: print, event, document, copy, choice, bundle.
package bundle
