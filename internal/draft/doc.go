// Package draft holds schemas on their way from a reference page into the description, before they
// have names.
package draft
