package judge

import "strings"

// clip keeps what strangers send from filling a message.
func clip(text string) string {
	const most = 64
	if len(text) > most {
		text = text[:most] + "…"
	}
	return strings.ToValidUTF8(text, "\uFFFD")
}

// shown keeps big values out of errors.
func shown(v any) any {
	switch x := v.(type) {
	case string:
		return clip(x)
	case map[string]any, []any:
		return ""
	}
	return v
}
