// Package check checks every object of a description against the dialect that wxgen understands.
//
// The dialect is in dialect.go: for each kind of object (part.go), its keys, their values, and the
// method with its further rules. walk.go checks a file against it. The files between the two have
// the rules, each for one kind of object or one concern of several kinds. published.go shows the
// dialect to other packages.
//
// Files use each other in this order only: kinopenapi, published, check, dialect, document, server,
// path, operation, sealing, webhook, body, param, fact, link, schema, schemawalk, enum, limit,
// choice, walk, mark, label, example, sample, samplevalue, choicegroup, number, mediatype, wording,
// (checker, part). A part has rules that take a checker, and a checker collects fragments with
// their parts.
package check
