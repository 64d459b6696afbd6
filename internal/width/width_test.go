package width_test

import (
	"testing"

	"github.com/wxgen/wxgen/internal/width"
)

func TestOf(t *testing.T) {
	for text, want := range map[string]int{"": 0, "pay": 3, "微信": 4, "微信 pay": 8, "（元）": 6, "ｱ": 1,
		"한글": 4, "e\u0301": 1, "…": 1, "🎉": 2} {
		if got := width.Of(text); got != want {
			t.Errorf("%q takes %d columns, want %d", text, got, want)
		}
	}
}
