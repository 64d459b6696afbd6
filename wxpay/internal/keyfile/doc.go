// Package keyfile reads RSA keys and certificates however they are spelt, and says what is there
// instead of one, without showing any of it.
//
// Keys come out of environments, vaults, spreadsheets and mails, and look like it. They are read
// wherever that is certain: what is taken off cannot be part of base64, and what is left has to be DER
// of exactly its own length.
//
// Its files use those before them alone: der, marker, text, parse, file.
package keyfile
