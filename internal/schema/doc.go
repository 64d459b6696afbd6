// Package schema writes the JSON Schemas of a description and of wxgen.yaml, so that editors
// complete, explain and check them. What a description may hold is what package load checks; what
// each key means is said here.
//
// Files use each other in this order only: config, schema, special, words.
package schema
