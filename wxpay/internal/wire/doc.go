// Package wire reads and writes the JSON of requests and replies.
//
// It does so by the rules of encoding/json, but tells all that does not fit and keeps the rest, reads
// what can mean one thing only, puts no value into a message, and collects the serials of the keys
// that sealed. Of encoding/json it uses the names of types alone, which link next to nothing.
//
// Its files use those before them alone: text and scan (the text of JSON), fault and placed (errors),
// shape (what is known of a Go type), tolerate and read, which use each other, write, and last
// instring and object.
package wire
