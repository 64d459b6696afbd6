package spec_test

import (
	"os"
	"slices"
	"strings"
	"testing"
)

// What the comparison knows of the catalogue and of the description beyond their grammar. Every
// line has its reason, and a line that is no longer needed fails the test.

// A misprint is a slip of the pen on a page: every line of that page that begins with from is read
// as if it began with to.
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

// misprints applies knownMisprints and remembers which of them were met.
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

// differencesFile lists what the description knowingly has otherwise than a source, each with its
// reason.
const differencesFile = "differences.tsv"

// A difference is a place where the description knowingly differs from a source: the community
// pages, or one of the sources that TestSources reads. A "*" stands for any text.
type difference struct {
	source string // page, go, java, skills, yaml …
	op     string // "POST /v3/…", or an event
	field  string // "request.amount.total", "response.data.name", "resource.id"
	kind   string // missing, more, type, required, enum, format, sensitive, length …
	why    string
}

// differences sorts out the known ones, and remembers which were met.
type differences struct {
	rows map[string][]int // by source and operation; "*" for any
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

// unused reports rows of a source that explain nothing any more.
func (d *differences) unused(t *testing.T, source string) {
	t.Helper()
	for i, row := range d.all {
		if row.source == source && !d.met[i] {
			t.Errorf("%s: %s: %s %s no longer differs (%s): take the line out", differencesFile,
				source, row.op, row.field, row.kind)
		}
	}
}

// kindOf names the difference that a fault's text tells of.
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

// isRuntimeHeader tells the header that the runtime owns: it goes with every request, whatever a
// page says of it.
func isRuntimeHeader(name string) bool { return name == "Wechatpay-Serial" }
