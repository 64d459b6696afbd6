package memory

import (
	"math"
	"strconv"
	"testing"
)

// A page ends with the list, however large its limit is.
func TestPage(t *testing.T) {
	most := strconv.Itoa(math.MaxInt)
	for _, c := range []struct {
		limit, offset string
		from, to      int
	}{
		{"", "", 0, 20}, {"5", "3", 3, 8}, {"5", "28", 28, 30}, {"5", "31", 30, 30},
		{"0", "-3", 0, 20},
		{most, "1", 1, 30}, {most, most, 30, 30}, {"x", "99999999999999999999", 30, 30},
	} {
		from, to := page(map[string]string{"limit": c.limit, "offset": c.offset}, 30)
		if from != c.from || to != c.to {
			t.Errorf("limit %s from %s: %d to %d; want %d to %d", c.limit, c.offset, from, to,
				c.from, c.to)
		}
	}
}
