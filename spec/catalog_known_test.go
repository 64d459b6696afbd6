package spec_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// The known exceptions of the comparison. Every line has its reason, and a needless line fails the
// test.

// A misprint is a misprint of a page: every line that begins with from is read as if it began with
// to.
type misprint struct{ page, from, to, why string }

var knownMisprints = []misprint{
	{"openapi/v3/offlinefacemch/organizations/{organization_id}/users/user-id/{user_id}/" +
		"terminate-contract.md",
		"| use_id {", "| user_id {", "the path says {user_id}"},
	{"openapi/v3/global/papay/transactions/out-trade-no/{out_trade_no}.md",
		"| transaction_id {data-required} | string | 商户订单号",
		"| out_trade_no {data-required} | string | 商户订单号", "label and path say out_trade_no"},
	{"openapi/v3/transactions/micropay.md", "| payer _currency {", "| payer_currency {",
		"a blank inside the name"},
	{"openapi/v3/global/micropay/transactions/pay.md", "| payer _currency {", "| payer_currency {",
		"a blank inside the name"},
	{"webhook/v3/RECHARGE.CLOSED.md", "| employee_type {data-indent=3}",
		"| employee_type {data-indent=4}",
		"the rows below it are one deeper: it belongs to qr_recharge_info as they do"},
	{"webhook/v3/RECHARGE.CLOSED.md", "| online_bank_recharge_info |",
		"| online_bank_recharge_info {data-indent=3} |", "its indent is lost; its fields have 4"},
	{"webhook/v3/RECHARGE.CLOSED.md", "| available_recharge_channels |",
		"| available_recharge_channels {data-indent=3} |", "its indent is lost"},
	{"openapi/v3/gov/subsidy/zhejiang/authcode/try.md",
		"| discount_mode {data-required} | number |", "| discount_mode {data-required} | string |",
		"its values are names"},
}

// misprints applies knownMisprints and remembers the used ones.
type misprints struct{ met map[int]bool }

func newMisprints() *misprints { return &misprints{map[int]bool{}} }

func (m *misprints) mend(page, text string) string {
	for i, k := range knownMisprints {
		if k.page != page {
			continue
		}
		if rest, ok := strings.CutPrefix(text, k.from); ok {
			m.met[i] = true
			return k.to + rest
		}
	}
	return text
}

func (m *misprints) unused() (froms []string) {
	for i, k := range knownMisprints {
		if !m.met[i] {
			froms = append(froms, k.page+": "+k.from)
		}
	}
	return froms
}

// differencesFile lists the intended differences between the description and its sources, each with
// its reason.
const differencesFile = "differences.tsv"

// A difference is an intended difference from a source: the community pages, or a source of
// TestSources. A "*" matches any text.
type difference struct {
	source string // page, go, java, skills, yaml …
	op     string // "POST /v3/…", or an event
	field  string // "request.amount.total", "response.data.name", "resource.id"
	kind   string // missing, more, type, required, enum, format, sensitive, length …
	why    string
}

// differences filters the known differences, and remembers the used ones.
type differences struct {
	rows map[string][]int // by source and operation; "*" means any
	all  []difference
	met  map[int]bool
}

func readDifferences(t *testing.T) *differences {
	t.Helper()
	text, err := os.ReadFile(differencesFile)
	if err != nil {
		t.Fatal(err)
	}
	d := &differences{rows: map[string][]int{}, met: map[int]bool{}}
	for i, line := range strings.Split(strings.TrimSuffix(string(text), "\n"), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, "\t")
		if len(cells) != 5 || slices.Contains(cells, "") {
			t.Fatalf("%s:%d: wanted source, operation, field, difference and reason",
				differencesFile, i+1)
		}
		key := cells[0] + " " + cells[1]
		d.rows[key] = append(d.rows[key], len(d.all))
		d.all = append(d.all, difference{cells[0], cells[1], cells[2], cells[3], cells[4]})
	}
	return d
}

func (d *differences) known(source, op, field, kind string) bool {
	for _, key := range []string{source + " " + op, source + " *"} {
		for _, i := range d.rows[key] {
			row := d.all[i]
			if matches(row.field, field) && matches(row.kind, kind) {
				d.met[i] = true
				return true
			}
		}
	}
	return false
}

func matches(pattern, text string) bool {
	before, after, any := strings.Cut(pattern, "*")
	if !any {
		return pattern == text
	}
	return len(text) >= len(before)+len(after) && strings.HasPrefix(text, before) &&
		strings.HasSuffix(text, after)
}

// unused reports a source's rows that explain no difference any more.
func (d *differences) unused(t *testing.T, source string) {
	t.Helper()
	for i, row := range d.all {
		if row.source == source && !d.met[i] {
			t.Errorf("%s: %s: %s %s no longer differs (%s): take the line out", differencesFile,
				source, row.op, row.field, row.kind)
		}
	}
}

// kindOf returns the kind of a difference from the text of its fault.
func kindOf(text string) string {
	for _, k := range [][2]string{
		{"missing from", "missing"}, {"neither the page", "more"}, {"required is", "required"},
		{"the enum value", "enum"},
		{"format is", "format"}, {"x-wxpay-sensitive", "sensitive"},
		{"has no description", "label"}, {"lacks http", "document"},
	} {
		if strings.Contains(text, k[0]) &&
			(k[1] != "more" || !strings.Contains(text, "the enum value")) {
			return k[1]
		}
	}
	return "type"
}

// isRuntimeHeader reports whether the runtime sends the header itself, with every request.
func isRuntimeHeader(name string) bool { return name == "Wechatpay-Serial" }
