// Package keyfile reads RSA keys and certificates in every spelling. Its errors say what the text
// holds instead of one, without showing any of it.
//
// Keys come out of environments, vaults, spreadsheets and mails, which change them. A key is read
// only if its meaning is certain: the removed characters cannot be part of base64, and the rest
// must be DER of exactly its own length.
//
// Files use each other in this order only: file, parse, text, marker, der.
package keyfile
