package check

import (
	"fmt"
	"math"
	"strconv"

	"github.com/wxgen/wxgen/internal/source"
)

func isCount(v source.Node) bool {
	_, err := strconv.ParseUint(v.Text(), 10, 31)
	return err == nil && v.YAML.Tag == "!!int"
}

// finite returns a number, if v is one that JSON can write.
func finite(v source.Node) (float64, bool) {
	if !v.IsScalar() || v.YAML.Tag != "!!int" && v.YAML.Tag != "!!float" {
		return 0, false
	}
	f, err := strconv.ParseFloat(fmt.Sprint(source.Number(v.Text())), 64)
	return f, err == nil && !math.IsInf(f, 0) && !math.IsNaN(f)
}
