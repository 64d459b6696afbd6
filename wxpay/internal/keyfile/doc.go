// Package keyfile reads RSA keys and certificates however they are spelt, and says what is there
// instead of one, without showing any of it.
//
// Keys come out of environments, vaults, spreadsheets and mails, and look like it. They are read
// wherever that is certain: what is taken off cannot be part of base64, and what is left has to be
// DER of exactly its own length.
//
// Files use each other in this order only: file, parse, text, marker, der.
package keyfile
