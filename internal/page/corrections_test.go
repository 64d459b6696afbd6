package page_test

import (
	"strings"
	"testing"

	"github.com/wxgen/wxgen/internal/page"
)

const correctedPage = `# 标题 {#post}

| 请求参数 | 类型 | 描述
| --- | --- | ---
| id | string | 单号
| query | object | 查询
| limit {data-indent=1} | string | 页
| json | object | 体
| state {data-indent=1} | string | 状态<br/>` + "`A`：甲<br/>`B`：乙" + `
| list {data-indent=1} | object[] | 清单
| name {data-indent=2} | string | 名称

| 返回字典 | 类型 | 描述
| --- | --- | ---
| order | string | 订单
| time | string | 时间
`

const corrections = `method	path	part	field	change	fact
POST	/v3/shop/{id}	request	id	set	type=integer
POST	/v3/shop/{id}	request	limit	set	type=integer
POST	/v3/shop/{id}	request	state	set	enum=B|C
POST	/v3/shop/{id}	request	list[].name	set	encrypted
POST	/v3/shop/{id}	request	list[].when	add	string format=date-time required
POST	/v3/shop/{id}	request	kind	add	string enum=X|Y
POST	/v3/shop/{id}	response	order.mchid	add	string required
POST	/v3/shop/{id}	response	time	set	format=date-time
POST	/v3/shop/{id}	response	week	add	object
POST	/v3/shop/{id}	response	week.days[]	add	integer array
`

const correctedRows = `path.id integer required "单号"
query.limit integer "页"
has JSON
json.state string "状态" B="乙" C=""
json.list object[] "清单"
json.list.name string encrypted "名称"
json.list.when string required date-time ""
json.kind string "" X="" Y=""
response.order object "订单"
response.order.mchid string required ""
response.time string date-time "时间"
response.week object ""
response.week.days integer[] ""
`

func TestCorrections(t *testing.T) {
	p, faults := parse("openapi/v3/shop/{id}.md", []byte(correctedPage))
	set, more := page.Corrections("c.tsv", []byte(corrections))
	for _, f := range append(faults, more...) {
		t.Fatal(f)
	}
	for range 2 { // the second time changes nothing
		for _, f := range set.Apply([]*page.Page{p}) {
			t.Error(f)
		}
		_, got, _ := strings.Cut(strings.TrimSpace(show(p))+"\n", "\n")
		if got != correctedRows {
			t.Errorf("got:\n%s\nwanted:\n%s", got, correctedRows)
		}
	}
}

func TestCorrectionsThatHitNothing(t *testing.T) {
	p, _ := parse("openapi/v3/shop/{id}.md", []byte(correctedPage))
	for line, want := range map[string]string{
		"GET\t/v3/shop/{id}\trequest\tid\tset\tencrypted": "c.tsv:1: no page has " +
			"GET /v3/shop/{id}; ",
		"POST\t/v3/shop/{id}\tresponse\tnone\tset\tencrypted": "has no field none in " +
			"its response; ",
		"POST\t/v3/shop/{id}\tresponse\tnone.a\tadd\tstring": "has no field none.a " +
			"in its response; ",
		"POST\t/v3/shop/{id}\trequest\tlist.name\tset\tencrypted": "has no field " +
			"list.name in its request; ",
		"POST\t/v3/shop/{id}\trequest\tlist\tset\ttype=object": "list is object[] on " +
			"the page; ",
		"POST\t/v3/shop/{id}\tresponse\ttime.a\tset\tencrypted": "has no field time.a " +
			"in its response; ",
		"POST\t/v3/shop/{id}\trequest\tlist[].none.deeper\tadd\tstring": "has no field " +
			"list[].none.deeper in its request; ",
		"POST\t/v3/shop/{id}\tresponse\torder[].mchid\tadd\tstring array": "has no field " +
			"order[].mchid in its response; ",
	} {
		set, faults := page.Corrections("c.tsv", []byte(line))
		if len(faults) > 0 {
			t.Fatal(faults)
		}
		wantFault(t, set.Apply([]*page.Page{p}), want)
	}
}
