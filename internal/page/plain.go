package page

import "strings"

func isPlain(text string) bool {
	return !strings.Contains(text, "|") && strings.Contains(text, "请求参数类型")
}

func parsePlain(at place, text string, faults *faultList) *Page {
	faults.add(0, "", "plain text")
	return nil
}
