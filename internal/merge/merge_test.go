package merge

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/page"
)

// get and post are pages with one operation each.
func get(path string, response ...*page.Row) *page.Page {
	return &page.Page{File: strings.Trim(path, "/") + ".md", Path: path,
		Operations: []*page.Operation{{Line: 1, Method: "GET", Title: path, Response: response}}}
}

func post(path string, body ...*page.Row) *page.Page {
	return &page.Page{File: strings.Trim(path, "/") + ".md", Path: path,
		Operations: []*page.Operation{
			{Line: 1, Method: "POST", Title: path, JSON: body, HasJSON: true, NoContent: true},
		}}
}

// row makes a row from "name! type": ! means required, [] an array. Values follow an equals sign.
func row(text string, inner ...*page.Row) *page.Row {
	name, typ, _ := strings.Cut(text, " ")
	typ, values, _ := strings.Cut(typ, "=")
	r := &page.Row{Line: 2, Rows: inner, Label: strings.TrimSuffix(name, "!")}
	r.Name, r.Required = strings.CutSuffix(name, "!")
	r.Type, r.Array = strings.CutSuffix(typ, "[]")
	for v := range strings.SplitSeq(values, "|") {
		if v != "" {
			r.Enum = append(r.Enum, page.EnumValue{Value: v})
		}
	}
	return r
}

// merge merges pages into nothing and returns the file of the service coin.
func merge(t *testing.T, pages ...*page.Page) string {
	t.Helper()
	files, report := Merge(nil, pages)
	for _, f := range report.Faults {
		t.Error(f)
	}
	return string(files["v3/coin.yaml"])
}

func holds(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, p := range parts {
		if !strings.Contains(text, p) {
			t.Errorf("missing: %s\nin\n%s", p, text)
		}
	}
}

func TestDoubledTemplate(t *testing.T) {
	a, b := post("/v3/coin/applyment/{applyment_id}/cancel"),
		post("/v3/coin/applyment/{business_code}/cancel")
	text := merge(t, a, b)
	holds(t, text, "  /v3/coin/applyment/{applyment_id}/cancel:\n    x-wxpay-param-aliases:\n"+
		"      applyment_id: [business_code]\n    post:\n",
		"operationId: CancelApplyment\n")
	if strings.Contains(text, "{business_code}") {
		t.Errorf("the path is there twice:\n%s", text)
	}
	// Two imports one after the other give the same text, and the second one recognizes its
	// operation.
	one := merge(t, a)
	files, report := Merge(map[string][]byte{"v3/coin.yaml": []byte(one)}, []*page.Page{b})
	if len(report.Faults) > 0 || string(files["v3/coin.yaml"]) != text {
		t.Errorf("one after the other: %v\n%s", report.Faults, files["v3/coin.yaml"])
	}
	if files, report = Merge(map[string][]byte{"v3/coin.yaml": []byte(text)},
		[]*page.Page{a, b}); len(files) > 0 || len(report.Faults) > 0 {
		t.Errorf("again: %v %v", files, report.Faults)
	}
}

func TestPaths(t *testing.T) {
	text := merge(t, post("/v3/coin/applyments/"), get("/v3/coin/sub_merchants/{sub_mchid}"),
		post("/v3/coin/refunds/{refund_id}/close"),
		get("/v3/coin/refunds/{out_refund_no}"), post("/v3/coin/receivers/delete"))
	holds(t, text, "\n  /v3/coin/applyments/:\n", "\n  /v3/coin/sub_merchants/{sub_mchid}:\n",
		"\n  /v3/coin/refunds/{refund_id}/close:\n",
		"\n  /v3/coin/refunds/{out_refund_no}:\n", "operationId: DeleteReceiver\n",
		"- {name: sub_mchid, in: path, required: true, schema: {type: string}}\n")
}

func TestTwoSpellingsOfOnePath(t *testing.T) {
	text := merge(t, get("/v3/coin/policy-periods/x"), get("/v3/coin/policy_periods/y"))
	holds(t, text, "\n  /v3/coin/policy_periods:\n    x-go-name: PolicyPeriodsAlias\n")
}

func TestTwoSpellingsOfOneField(t *testing.T) {
	text := merge(t, get("/v3/coin/x", row("mch_id string"), row("mchid string")))
	holds(t, text, "mch_id: {type: string, description: mch_id}\n",
		"mchid: {type: string, description: mchid, x-go-name: MchIDAlias}\n")
}

func TestServers(t *testing.T) {
	p := get("/v3/coin/x")
	p.Operations[0].Server = "https://apihk.mch.weixin.qq.com/global/"
	p.Operations = append(p.Operations, &page.Operation{Method: "POST", NoContent: true})
	holds(t, merge(t, p), "  /v3/coin/x:\n    servers:\n"+
		"      - {url: \"https://apihk.mch.weixin.qq.com/global\"}\n    get:\n",
		"      operationId: CreateX\n      servers:\n"+
			"        - {url: \"https://api.mch.weixin.qq.com\"}\n")
}

func TestShared(t *testing.T) {
	amount := func() *page.Row {
		return row("amount! object", row("total! integer"), row("currency string"))
	}
	state := row("state! string=DONE|FAILED")
	text := merge(t, post("/v3/coin/orders", amount()),
		get("/v3/coin/orders/{no}", amount(), state), get("/v3/coin/orders/{no}/details", state,
			row("amount! object", row("total! integer"))))
	holds(t, text, "amount: {$ref: \"#/components/schemas/Amount\"}\n", "    OrderState: {",
		"    Amount:\n", "state: {$ref: \"#/components/schemas/OrderState\"}\n")
	if n := strings.Count(text, "schemas/Amount\""); n != 2 {
		t.Errorf("Amount is used %d times:\n%s", n, text)
	}
	if strings.Count(text, "total: {type: integer") != 2 {
		t.Errorf("the other amount should stand inline:\n%s", text)
	}
}

// A shape with an optional number has different Go types in requests and in responses, so the two
// do not share it.
func TestSharedByDirection(t *testing.T) {
	fee := func() *page.Row {
		return row("fee! object", row("total! integer"), row("discount integer"))
	}
	text := merge(t, post("/v3/coin/a", fee()), post("/v3/coin/b", fee()), get("/v3/coin/c", fee()),
		get("/v3/coin/d", fee()))
	holds(t, text, "    Fee:\n", "    FeeResult:\n")
	for _, name := range []string{"Fee", "FeeResult"} {
		if n := strings.Count(text, "schemas/"+name+"\""); n != 2 {
			t.Errorf("%s is used %d times:\n%s", name, n, text)
		}
	}
}

// marked is a description with all the marks that no page has.
const marked = `openapi: 3.1.0
info: {title: coin, version: "3"}
paths:
  /v3/coin/orders:
    post:
      operationId: CreateOrder
      deprecated: true
      tags: [硬币]
      x-wxpay-roles: [merchant]
      x-wxpay-updated: 2025-01-31
      x-wxpay-one-of: [{required: [q]}, {required: [r]}]
      parameters:
        - {name: q, in: query, required: false, schema: {type: string}}
        - {name: r, in: query, required: false, schema: {type: string}}
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              anyOf: [{required: [number]}, {required: [goods]}]
              properties:
                number: {type: string, description: number, minLength: 6, maxLength: 32, x-wxpay-length: bytes, pattern: "^[0-9]+$"}
                goods: {$ref: "#/components/schemas/Goods"}
      responses:
        "204": {description: No Content}
      x-wxpay-errors:
        - {status: 400, code: PARAM_ERROR, label: 参数错误}
components:
  schemas:
    Goods:
      type: object
      description: goods
      oneOf: [{required: [id]}, {required: [sku]}]
      properties:
        id: {type: string, description: id, maxLength: 5}
        sku: {type: string, description: sku}
`

// TestMarksStay imports a field beside marks that people wrote, and another operation with an
// object of the same shape without the choice.
func TestMarksStay(t *testing.T) {
	goods := func() *page.Row { return row("goods object", row("id string"), row("sku string")) }
	orders := post("/v3/coin/orders", row("number string"), goods(), row("added string"))
	orders.Operations[0].Query = []*page.Row{row("q string"), row("r string")}
	files, report := Merge(map[string][]byte{"v3/coin.yaml": []byte(marked)},
		[]*page.Page{orders, post("/v3/coin/refunds", goods())})
	if len(report.Faults) > 0 || report.Fields != 1 || report.Operations != 1 {
		t.Errorf("%+v", report)
	}
	text := string(files["v3/coin.yaml"])
	for line := range strings.Lines(marked) {
		holds(t, text, strings.TrimLeft(line, " "))
	}
	holds(t, text, "added: {type: string, description: added}\n")
	if n := strings.Count(text, "schemas/Goods\""); n != 1 {
		t.Errorf("Goods is used %d times:\n%s", n, text)
	}
}

func TestToldApartByMeaning(t *testing.T) {
	text := merge(t,
		post("/v3/coin/orders", row("amount object", row("total! integer"), row("note string"))),
		post("/v3/coin/refunds", row("amount object", row("refund! integer"))),
		get("/v3/coin/orders/{no}", row("amount object", row("total! integer"), row("note string")),
			row("state string=A|B")),
		get("/v3/coin/refunds/{no}", row("amount object", row("refund! integer")),
			row("state string=C|D"), row("receivers object[]", row("type string=X|Y"))))
	holds(t, text, "    Amount:\n", "    RefundAmount:\n", "    OrderState:", "    RefundState:",
		"    ReceiverType:")
	if m := regexp.MustCompile(`(?m)^    \w*\d\w*:`).FindString(text); m != "" {
		t.Errorf("a number in a name: %s", m)
	}
}

func TestLongNamesAreShortened(t *testing.T) {
	deep := row("scene_information object",
		row("store_information object",
			row("location_information object", row("area object", row("code string")))))
	text := merge(t, post("/v3/coin/charity-transfer-bills", deep))
	holds(t, text, "    LocationInformation:\n", "schemas/LocationInformation\"")
}

// A later import uses the components and names of the description, and renames none.
func TestLaterImportsReuse(t *testing.T) {
	state := func() *page.Row { return row("state string=DONE|FAILED|OPEN|CLOSED") }
	first := merge(t, get("/v3/coin/orders/{no}", state()))
	first = strings.ReplaceAll(first, "OrderState", "Fate")
	first = strings.ReplaceAll(first, "GetOrder", "Fetch")
	files, _ := Merge(map[string][]byte{"v3/coin.yaml": []byte(first)}, []*page.Page{
		get("/v3/coin/orders/{no}", state()), get("/v3/coin/partner/orders/{no}", state()),
		get("/v3/coin/bills/{no}", row("state string=NEW"))})
	text := string(files["v3/coin.yaml"])
	holds(t, text, "operationId: Fetch\n", "operationId: GetPartnerOrder\n", "    BillState: {")
	if n := strings.Count(text, "schemas/Fate\""); n != 2 {
		t.Errorf("Fate is used %d times:\n%s", n, text)
	}
}

// A page's plain text does not show which fields belong to which object. A field that the
// description has anywhere in the body is not new.
func TestTextFindsItsFields(t *testing.T) {
	state := func(values string) *page.Row { return row("state string=" + values) }
	inner := func() *page.Row { return row("fee object", row("total integer"), state("A|B")) }
	old := merge(t, get("/v3/coin/x", row("payer object", row("openid string"), inner()),
		row("batch object", state("C|D")), row("note string")))
	adrift := func(rows ...*page.Row) *page.Page {
		p := get("/v3/coin/x", row("payer object", rows...))
		p.PlainText = true
		for _, r := range rows {
			r.Unplaced, r.Unknown, r.Doubt = true, true, "does it belong to payer?"
		}
		return p
	}
	for _, c := range []struct {
		page  *page.Page
		new   string
		fault string
	}{
		{page: adrift(row("openid string"), row("fee object"), row("total integer"), state("B|C"),
			row("note string")),
			fault: "v3/coin/x.md:2: the text does not tell which state of the description this " +
				"is, and it fits none; import the page as Markdown, or edit the description"},
		{page: adrift(state("A"), state("D"), row("note string"))},
		{page: adrift(row("more string")), new: "more: {type: string, description: more} # TODO " +
			"required? does it belong to payer?\n"},
	} {
		files, report := Merge(map[string][]byte{"v3/coin.yaml": []byte(old)}, []*page.Page{c.page})
		if got := report.Faults.Error(); c.fault == "" && got != "" ||
			!strings.Contains(got, c.fault) {
			t.Errorf("got %s, want %s", got, c.fault)
		}
		if text := string(files["v3/coin.yaml"]); c.new == "" && text != "" ||
			!strings.Contains(text, c.new) {
			t.Errorf("got\n%s\nwant %s", text, c.new)
		}
	}
}

func TestValues(t *testing.T) {
	text := merge(t, get("/v3/coin/x", row("grade! string=一级|二级"), row("mode! integer=1|2"),
		row("odd! number=A|B"), row("flag! boolean=true|false"),
		row("other! string=甲|乙")))
	holds(t, text, "enum: [一级, 二级], x-enum-varnames: [FirstGrade, SecondGrade]",
		"mode: {type: integer, description: mode, enum: [1, 2]}",
		"enum: [A, B]", "flag: {type: boolean, description: flag}\n",
		"x-enum-varnames: [U7532, U4E59]")
}

func TestJSONInStrings(t *testing.T) {
	r := row("photos! string", row("media_id! string[]"))
	r.Encoded = true
	holds(t, merge(t, post("/v3/coin/x", r)), "                photos:\n"+
		"                  type: string\n", "contentMediaType: application/json\n",
		"contentSchema:\n                    type: object\n                    required: "+
			"[media_id]\n")
}

func TestExamples(t *testing.T) {
	p := post("/v3/coin/{no}", row("openid! string"), row("count integer"))
	p.Operations[0].PathParams = []*page.Row{row("no! string")}
	p.Operations[0].Example =
		json.RawMessage(
			`{"no": 12, "json": {"openid": "1900000109", "count": 3, "when": "2026-11-23T10:34:56+08:00"}}`)
	holds(t, merge(t, p), `example: "12"}`, "openid: \"1900000109\"\n", "count: 3\n",
		"when: \"2026-11-23T10:34:56+08:00\"\n")
}

func TestNotifications(t *testing.T) {
	event := func(name string, rows ...*page.Row) *page.Page {
		return &page.Page{File: name + ".md", Event: name, Operations: []*page.Operation{
			{Line: 1, Method: "POST", Title: "到账(" + name + ")通知", Resource: rows},
		}}
	}
	files, report := Merge(nil,
		[]*page.Page{event("MCHTRANSFER.BILL.FINISHED", row("state! string=DONE|FAILED")),
			event("REFUND.SUCCESS", row("state! string=DONE"))})
	if len(report.Faults) > 0 || len(files) != 2 {
		t.Fatalf("%v %d files", report.Faults, len(files))
	}
	holds(t, string(files["webhooks/mchtransfer.yaml"]), "  MCHTRANSFER.BILL.FINISHED:\n"+
		"    x-go-name: MchTransferBillFinished\n    post:\n      summary: 到账\n",
		"    MchTransferBillFinishedState: {")
	holds(t, string(files["webhooks/refund.yaml"]), "    RefundSuccessState: {")
}

func TestPagesThatDisagree(t *testing.T) {
	a, b := get("/v3/coin/x", row("id! string")), get("/v3/coin/x", row("id! string"))
	b.File = "elsewhere.md"
	_, report := Merge(nil, []*page.Page{a, b})
	if len(report.Faults) != 1 || report.Faults[0].Error() != "elsewhere.md:1: GET /v3/coin/x is "+
		"on v3/coin/x.md:1 already; keep one of the two pages" {
		t.Error(report.Faults)
	}
	// Two pages describe a new field of a shared object differently.
	const shared = "openapi: 3.1.0\npaths:\n  /v3/coin/x: {get: {operationId: X, responses: " +
		"{\"200\": {content: {application/json: {schema: {$ref: " +
		"\"#/components/schemas/C\"}}}}}}}\n" +
		"  /v3/coin/y: {get: {operationId: Y, responses: {\"200\": {content: {application/json: " +
		"{schema: {$ref: \"#/components/schemas/C\"}}}}}}}\n" +
		"components: {schemas: {C: {type: object}}}\n"
	_, report = Merge(map[string][]byte{"v3/coin.yaml": []byte(shared)},
		[]*page.Page{get("/v3/coin/x", row("id string")), get("/v3/coin/y", row("id integer"))})
	if len(report.Faults) != 1 || report.Faults[0].Error() != "v3/coin/y.md:2: id is new, and "+
		"another page describes it otherwise; make the pages agree" {
		t.Error(report.Faults)
	}
}
