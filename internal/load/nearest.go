package load

import "strings"

// nearest returns the key that a typo probably meant, or "".
func nearest[V any](typo string, keys map[string]V) string {
	if len(keys) > 500 {
		return "" // such a list is no help, and comparing with all of it takes long
	}
	best, least := "", 3 // two changes at most
	if len(typo) < 5 {
		least = 2
	}
	for _, key := range sortedKeys(keys) {
		if strings.EqualFold(key, typo) {
			return key
		}
		if d := distance(typo, key); d < least {
			best, least = key, d
		}
	}
	return best
}

// Nearest returns the name that a typo probably meant, or "". Case and separators do not count.
func Nearest(typo string, all []string) string {
	keys := make(map[string]bool, len(all))
	for _, name := range all {
		if letters(name) == letters(typo) {
			return name
		}
		if len(name)-len(typo) <= 2 && len(typo)-len(name) <= 2 {
			keys[name] = true
		}
	}
	return nearest(typo, keys)
}

// distance counts the insertions, deletions, changes and swaps of neighbours that lead from a to b.
func distance(a, b string) int {
	if len(a) > 40 || len(b) > 40 {
		return len(a) + len(b)
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			change := last[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, row[j]+1, last[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
