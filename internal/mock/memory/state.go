package memory

import (
	"encoding/json"
	"strings"
)

func forgetStates(doc map[string]any) {
	for name := range doc {
		if Stateful(name) {
			delete(doc, name)
		}
	}
}

// Stateful reports whether a field's name is that of a state.
func Stateful(name string) bool {
	return strings.HasSuffix(name, "state") || strings.HasSuffix(name, "status")
}

// follows picks the state after an action: "close" leads to CLOSED.
func follows(word string, enum []json.RawMessage) (string, bool) {
	stem := strings.ToUpper(strings.ReplaceAll(word, "-", "_"))
	const least = 3 // equal letters
	best, length := "", least-1
	for _, raw := range enum {
		var state string
		if json.Unmarshal(raw, &state) != nil {
			continue
		}
		n := 0
		for n < len(stem) && n < len(state) && stem[n] == state[n] {
			n++
		}
		if n > length && n >= len(stem)-1 {
			best, length = state, n
		}
	}
	return best, best != ""
}
