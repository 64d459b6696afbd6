package merge

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/page"
)

// A parameter or a body that is added to a known operation shares types with new operations, and
// gets the page's position.
func TestAddedParametersAndBodies(t *testing.T) {
	kind := func() *page.Row { return row("tar_type string=GZIP") }
	query := func(rows ...*page.Row) *page.Page {
		p := get("/v3/coin/bills/{no}")
		p.Operations[0].Query = rows
		return p
	}
	bare := post("/v3/coin/orders")
	bare.Operations[0].HasJSON = false
	old := merge(t, query(row("from string"), row("to string")), bare,
		post("/v3/coin/returns", kind()))
	files, report := Merge(map[string][]byte{"v3/coin.yaml": []byte(old)}, []*page.Page{
		query(row("from string"), kind(), row("to string")), post("/v3/coin/orders", kind()),
		post("/v3/coin/returns", kind())})
	text := string(files["v3/coin.yaml"])
	if len(report.Faults) > 0 || report.Fields != 2 {
		t.Fatalf("%v, %d fields\n%s", report.Faults, report.Fields, text)
	}
	holds(t, text, "- {name: from, in: query, description: from, schema: {type: string}}\n"+
		"        - {name: tar_type, in: query, description: tar_type, schema: {$ref: "+
		"\"#/components/schemas/TarType\"}}\n"+
		"        - {name: to, ")
	if n := strings.Count(text, "schemas/TarType\""); n != 3 || strings.Count(text, "enum:") != 1 {
		t.Errorf("TarType is used %d times:\n%s", n, text)
	}
}

func TestAddedValues(t *testing.T) {
	labelled := func(values ...string) *page.Row {
		r := row("state string")
		for i := 0; i < len(values); i += 2 {
			r.Enum = append(r.Enum, page.EnumValue{Value: values[i], Label: values[i+1]})
		}
		return r
	}
	old := merge(t, get("/v3/coin/orders/{no}", labelled("A", "", "B", "")))
	files, _ := Merge(map[string][]byte{"v3/coin.yaml": []byte(old)},
		[]*page.Page{get("/v3/coin/orders/{no}", labelled("B", "", "C", "第三"))})
	holds(t, string(files["v3/coin.yaml"]), `enum: [A, B, C], x-enum-descriptions: ["", "", 第三]`)
}

// An import of pages, together or one by one, removes no line that was there, except lists that
// grow.
func TestAdditionsRenameNothing(t *testing.T) {
	var pages []*page.Page
	for i, noun := range strings.Fields("orders refunds bills orders/{no}/close partner/orders " +
		"partner/orders/{no}/close transactions/jsapi partner/transactions/jsapi") {
		pages = append(pages,
			post("/v3/coin/"+noun, row("amount object", row("total! integer"),
				row(fmt.Sprintf("field%c string", 'a'+i%3))),
				row("type string=A|B"), row("state string="+noun[:1]+"|X")))
	}
	files := map[string][]byte{}
	for i := range pages {
		p := pages[(i*5)%len(pages)]
		before := string(files["v3/coin.yaml"])
		out, report := Merge(files, []*page.Page{p})
		if len(report.Faults) > 0 {
			t.Fatal(report.Faults)
		}
		files["v3/coin.yaml"] = out["v3/coin.yaml"]
		after := strings.Split(string(out["v3/coin.yaml"]), "\n")
		for line := range strings.SplitSeq(before, "\n") {
			if !slices.Contains(after, line) {
				t.Errorf("%s took the line %q away", p.Path, line)
			}
		}
		if again, _ := Merge(files, pages[:0]); len(again) > 0 {
			t.Error("no pages changed something")
		}
	}
}
