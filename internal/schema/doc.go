// Package schema writes the JSON Schemas of a description and of wxgen.yaml, so that editors
// complete, explain and check them. Package check knows the keys and values of a description; this
// package adds the meaning of each key.
//
// Files use each other in this order only: config, description, special, meanings, json.
package schema
