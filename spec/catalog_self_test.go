package spec_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

const selfPage = `# 下单 {#post}

| 请求参数 | 类型 | 描述
| --- | --- | ---
| base_uri | string | ` + "`https://apihk.mch.weixin.qq.com/`" + `
| order_id {data-required} | string | 订单号
| json {data-required} | object | 声明请求的JSON数据结构
| name {data-required data-indent=1} | string {data-encrypted=by-rsa-pubkey} | 姓名
| state {data-indent=1} | string | 状态<br/>` + "`OPEN` \\| `SHUT`" + ` 枚举值之一
| items {data-indent=1} | object[] | 明细
| price {data-required data-indent=2} | number | 价格
| at {data-indent=1} | string | 时间
| note {data-indent=1} | string {data-encoded=by-json_encode} | 备注
| {colspan=3 .im-table-line}
| lines {data-required data-indent=2} | string[] | 行

{.im-table #request}

| 返回字典 | 类型 | 描述
| --- | --- | ---
| 空字符串(无返回内容) |  | 

{.im-table #response}

` + "```json {#example}" + `
{"order_id": "1", "json": {"items": [{"price": 1}], "at": "2018-06-08T10:34:56+08:00"}}
` + "```" + `

参阅 [官方文档](https://pay.weixin.qq.com/doc/1) [官方文档](https://pay.weixin.qq.com/doc/2)
`

const selfSpec = `
openapi: 3.1.0
paths:
  /v3/shop/orders/{order_id}:
    servers: [{url: "https://apihk.mch.weixin.qq.com"}]
    post:
      summary: 下单
      externalDocs: {url: "https://pay.weixin.qq.com/doc/1"}
      x-wxpay-docs: ["https://pay.weixin.qq.com/doc/2"]
      parameters:
        - {name: order_id, in: path, required: true, description: 订单号, schema: {type: string}}
      requestBody:
        content:
          application/json:
            schema:
              type: object
              required: [name]
              properties:
                name: {type: string, description: 姓名, x-wxpay-sensitive: true}
                state: {$ref: "#/components/schemas/State"}
                items: {type: array, description: 明细, items: {type: object, required: [price], properties: {price: {type: integer, description: 价格}}}}
                at: {type: string, format: date-time, description: 时间}
                note:
                  {type: string, description: 备注, contentMediaType: application/json, contentSchema: {$ref: "#/components/schemas/Note"}}
      responses:
        "204": {description: No Content}
components:
  schemas:
    State: {type: string, description: 状态, enum: [OPEN, SHUT]}
    Note: {type: object, required: [lines], properties: {lines: {type: array, description: 行, items: {type: string}}}}
`

// TestComparison tests the comparison with the catalogue: a small page and its description agree,
// and each change to the description is found.
func TestComparison(t *testing.T) {
	for _, c := range []struct{ from, to, fault string }{
		{"", "", ""},
		{"/v3/shop/orders/{order_id}:", "/v3/shop/orders/{order_id}/:",
			"missing from the description"},
		{"    post:", "    put:", "missing from the description"},
		{"summary: 下单", "summary: 查单", "summary"},
		{"doc/2", "doc/3", "externalDocs"},
		{"apihk.", "api.", "servers"},
		{"in: path", "in: query", "path.order_id: missing"},
		{"required: [name]", "required: [name, state]", "request.state: required is true"},
		{"required: [name]", "required: []", "request.name: required is false"},
		{"required: [name]", "required: [name, nick]", "no property"},
		{", x-wxpay-sensitive: true", "", "x-wxpay-sensitive is false"},
		{"description: 明细", "x-wxpay-sensitive: true", "x-wxpay-sensitive is true"},
		{"[OPEN, SHUT]", "[OPEN]", `request.state: lacks the enum value "SHUT"`},
		{"[OPEN, SHUT]", "[OPEN, SHUT, AJAR]", `request.state: has the enum value "AJAR"`},
		{"type: integer", "type: number", `request.items.price: is "number"`},
		{"price: {", "cost: {", "request.items.price: missing"},
		{"type: array, description: 明细, items: ", "type: object, description: 明细, x: ",
			"request.items: is an array: false"},
		{"format: date-time, ", "", "request.at: format"},
		{"description: 时间", "title: 时间", "request.at: has no description"},
		{"contentMediaType: application/json, ", "", "request.note: contentSchema"},
		{"lines: {type: array", "lines: {type: string", "request.note.lines"},
		{"lines: {", "rows: {}, lines: {", "request.note.rows: neither"},
		{"      responses:", "      x-wxpay-unsigned: true\n      responses:",
			"x-wxpay-unsigned is true"},
		{`"204": {description: No Content}`,
			`"200": {content: {application/json: {schema: {type: object}}}}`, "wanted no content"},
	} {
		if c.from != "" && !strings.Contains(selfSpec, c.from) {
			t.Errorf("the description has no %q", c.from)
		}
		checkSelf(t, c.from, c.to, c.fault)
	}
}

// checkSelf compares the page with the changed description. It expects a mismatch with the text
// fault, or none if that is "".
func checkSelf(t *testing.T, from, to, fault string) {
	t.Helper()
	pages, err := readPage(selfPage, "openapi/v3/shop/orders/{order_id}.md", newMisprints())
	if err != nil || len(pages) != 1 {
		t.Fatalf("%d operations, %v", len(pages), err)
	}
	text := selfSpec
	if from != "" {
		text = strings.Replace(text, from, to, 1)
	}
	ops := readSpec(t, fstest.MapFS{"v3/shop.yaml": {Data: []byte(text)}})
	c := &comparison{page: pages[0], op: ops[pages[0].name()],
		met: &differences{met: map[int]bool{}}}
	c.compare()
	switch all := strings.Join(c.faults, "\n"); {
	case fault == "" && all != "":
		t.Errorf("unchanged: %s", all)
	case !strings.Contains(all, fault):
		t.Errorf("%q -> %q: wanted a mismatch that says %q, got %q", from, to, fault, all)
	}
}
