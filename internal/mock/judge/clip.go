package judge

import "strings"

// clip shortens texts of clients for messages.
func clip(text string) string {
	const most = 64
	if len(text) > most {
		text = text[:most] + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// shown shortens large values for errors.
func shown(v any) any {
	switch x := v.(type) {
	case string:
		return clip(x)
	case map[string]any, []any:
		return ""
	}
	return v
}
