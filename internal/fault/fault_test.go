package fault_test

import (
	"fmt"
	"testing"

	"github.com/wxgen/wxgen/internal/fault"
)

func TestError(t *testing.T) {
	for want, f := range map[string]fault.Fault{
		"a.yaml:3:7: no name; write one": {File: "a.yaml", Line: 3, Col: 7, What: "no name",
			Mend: "write one"},
		"a.md:3: no name; write one": {File: "a.md", Line: 3, What: "no name", Mend: "write one"},
		"a.yaml: no name; write one": {File: "a.yaml", Col: 7, What: "no name", Mend: "write one"},
		"a.yaml: no name":            {File: "a.yaml", What: "no name"},
		"no name; write one":         {What: "no name", Mend: "write one"},
	} {
		if got := f.Error(); got != want {
			t.Errorf("%+v:\n got %s\nwant %s", f, got, want)
		}
	}
}

func TestInOrder(t *testing.T) {
	one := fault.Fault{File: "b", Line: 1, What: "x"}
	got := fault.InOrder(fault.List{{File: "b", Line: 2, What: "x"}, one,
		{File: "a", Line: 9, What: "x"}, one, {File: "b", Line: 1, Col: 1, What: "w"}})
	if want := "a:9: x\nb:1: x\nb:1:1: w\nb:2: x"; got.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", got, want)
	}
}

func TestAs(t *testing.T) {
	list := fault.List{{What: "x"}}
	if got, ok := fault.As(fmt.Errorf("reading: %w", list)); !ok || got.Error() != "x" {
		t.Errorf("got %v, %v", got, ok)
	}
	if got, ok := fault.As(fmt.Errorf("no list")); ok {
		t.Errorf("got %v", got)
	}
}
