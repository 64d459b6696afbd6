package spell

import (
	"fmt"
	"slices"
	"strings"
)

// NearestKey returns the key that a typo probably meant, or "".
func NearestKey[V any](typo string, keys map[string]V) string {
	if len(keys) > 500 {
		return "" // such a list is no help, and the comparison would take long
	}
	best, least := "", 3 // two changes at most
	if len(typo) < 5 {
		least = 2
	}
	for _, key := range SortedKeys(keys) {
		if strings.EqualFold(key, typo) {
			return key
		}
		if d := distance(typo, key); d < least {
			best, least = key, d
		}
	}
	return best
}

// Nearest returns the name that a typo probably meant, or "". It ignores case and separators.
func Nearest(typo string, all []string) string {
	keys := make(map[string]bool, len(all))
	for _, name := range all {
		if Letters(name) == Letters(typo) {
			return name
		}
		if len(name)-len(typo) <= 2 && len(typo)-len(name) <= 2 {
			keys[name] = true
		}
	}
	return NearestKey(typo, keys)
}

// distance counts the insertions, deletions, changes and swaps of neighbours that turn a into b.
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

// Suggest asks whether a name is a typo of another.
func Suggest[V any](name string, keys map[string]V) string {
	if near := NearestKey(name, keys); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return ""
}

// Letters is a name without case and separators.
func Letters(name string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if Alphanumeric(r) {
			return r
		}
		return -1
	}, name))
}

func SortedKeys[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func Alphanumeric(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
}
