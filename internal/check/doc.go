// Package check holds every object of a description against the dialect that wxgen understands.
//
// The dialect is in dialect.go: for each kind of object (part.go), the keys it may hold, what they
// take, and the method with its further rules. walk.go takes a file along it. The files between the
// two have the rules, each of one kind of object or of one concern of several kinds. published.go
// tells other packages the dialect.
//
// Files use each other in this order only: kinopenapi, published, check, dialect, document, server,
// path, operation, sealing, webhook, body, param, fact, link, schema, schemawalk, enum, limit,
// choice, walk, mark, label, example, sample, samplevalue, choicegroup, number, mediatype, wording,
// (checker, part). A part has rules that take a checker, and a checker collects what shall be a
// part.
package check
