// Package page reads reference pages of WeChat Pay: the official documents, as a browser copies
// them, and the community's pages, as Markdown or as such a copy. A page holds facts only; packages
// draft and merge turn them into a description.
//
// An official page is a sheet while it is read, an operation of a community page a draft. Both end
// as the Page of page.go, with the fields of row.go.
//
// Files use each other in this order only: correct, corrections, parse, decode, moved, older,
// olderrows, official, officialrows, notification, rowtext, textvalues, rowparts, eitheror,
// errorcodes, callsample, compare, sheet, parts, overview, address, clean, markdown, plain, form,
// seal, unglue, required, plainindent, envelope, placer, assemble, resource, groups, example,
// shownformats, format, variants, nest, markdowntable, description, draft, phpcall, php, json,
// value, lines, pagename, http, template, flat, fault, page, row, fieldname.
package page
