// Package page reads reference pages of WeChat Pay: the official documents, as a browser copies
// them, and the community's pages, as Markdown or as such a copy. A page holds facts only; package
// describe turns them into a description.
//
// Files use each other in this order only: corrections, parse, global, notice, globalrows,
// errorcodes, official, rows, disagree, text, group, example, callsample, clean, parts, plain,
// seal, plainnest, markdown, sample, place_rows, facts, place, json, php, answers, tree, table,
// moved, fault, enum, page.
package page
