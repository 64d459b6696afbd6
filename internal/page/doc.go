// Package page reads reference pages of WeChat Pay: browser copies of the official documents, and
// the community's pages as Markdown or as browser copies. The result holds facts only. Packages
// draft and merge turn them into a description.
//
// The type sheet is an official page while it is read, and draft is an operation of a community
// page. Both become the Page of page.go, with the fields of row.go.
//
// Files use each other in this order only: correct, corrections, parse, decode, moved, older,
// olderrows, official, officialrows, notification, rowtext, textvalues, rowparts, eitheror,
// errorcodes, callsample, compare, sheet, parts, overview, address, clean, markdown, plain, form,
// seal, unglue, required, plainindent, envelope, placer, assemble, resource, groups, example,
// shownformats, format, variants, nest, markdowntable, description, draft, phpcall, php, json,
// value, lines, pagename, http, template, flat, lazy, fault, page, row, fieldname.
package page
