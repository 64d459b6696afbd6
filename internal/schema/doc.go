// Package schema writes the JSON Schemas of a description and of wxgen.yaml, so that editors
// complete, explain and check them. Package check says what a description may hold; this package
// says what each key means.
//
// Files use each other in this order only: config, description, special, meanings, json.
package schema
