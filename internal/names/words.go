package names

import "strings"

// split cuts a checked name into words in their Go spelling: "sub_openid" is Sub, Open, ID.
func split(name string) []string {
	var words []string
	for _, part := range strings.FieldsFunc(name, func(r rune) bool {
		return strings.ContainsRune(separators, r)
	}) {
		for _, word := range humps(part) {
			words = append(words, spellWord(word)...)
		}
	}
	return words
}

// humps cuts camel case: before a capital that follows a small letter or a digit, and before the
// last of several capitals when a small letter follows it ("JSAPIWithContract" is JSAPI, With,
// Contract; "OpenIDs" is Open, IDs).
func humps(part string) []string {
	var words []string
	start := 0
	for i := 1; i < len(part); i++ {
		if !isUpper(part[i]) {
			continue
		}
		afterSmall := isLower(part[i-1]) || isDigit(rune(part[i-1])) && hasLower(part[start:i])
		beforeSmall := i+1 < len(part) && isLower(part[i+1]) && !plural(part[i:])
		if afterSmall || beforeSmall {
			words = append(words, part[start:i])
			start = i
		}
	}
	return append(words, part[start:])
}

// plural reports whether rest, which starts with the last capital of a run, is the end of a plural
// initialism: the "Ds" of IDs, but not the "Da" of IDData.
func plural(rest string) bool {
	return rest[1] == 's' && (len(rest) == 2 || isUpper(rest[2]))
}

// spellWord returns the Go spelling of one word of any case. It may have several pieces.
func spellWord(word string) []string {
	if pieces := initialism(strings.ToLower(word)); pieces != nil {
		return pieces
	}
	if pieces := run(word); pieces != nil {
		return pieces
	}
	return []string{capital(word)}
}

// run spells a run of several initialisms, such as QRURL, so that joined words come apart into the
// same words.
func run(word string) []string {
	if hasLower(strings.TrimSuffix(word, "s")) {
		return nil
	}
	// from[i] spells word[i:], nil if no initialisms do. Longer initialisms go first.
	from := make([][]string, len(word)+1)
	from[len(word)] = []string{}
	for i := len(word) - 1; i >= 0; i-- {
		for j := min(len(word), i+longest); j > i; j-- {
			piece := initialism(strings.ToLower(word[i:j]))
			if from[j] != nil && piece != nil && strings.Join(piece, "") == word[i:j] {
				from[i] = append(piece[:len(piece):len(piece)], from[j]...)
				break
			}
		}
	}
	return from[0]
}

// initialism spells a lower-case word of the table, with or without digits at its end: imei2 is
// IMEI2. It returns nil for other words.
func initialism(word string) []string {
	if pieces, ok := initialisms[word]; ok {
		return pieces
	}
	if pieces, ok := spelt[word]; ok {
		return pieces
	}
	stem := strings.TrimRight(word, "0123456789")
	pieces, ok := initialisms[stem]
	if !ok || stem == word {
		return nil
	}
	last := len(pieces) - 1
	return append(pieces[:last:last], pieces[last]+word[len(stem):])
}

// longest bounds the initialisms that run looks for, with digits at their end.
const longest = 10
