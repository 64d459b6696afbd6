// Package draft holds the schemas of a reference page before they have names in the description.
//
// Files use each other in this order only: use, schema.
package draft
