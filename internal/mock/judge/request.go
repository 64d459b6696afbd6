package judge

import (
	"bytes"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
)

// Request is a request to check.
type Request struct {
	Method string
	URI    string // escaped path and query, as received
	Header http.Header
	Body   []byte // the signed part: for an upload, its JSON part
	Raw    []byte // as received
	File   *File  // of an upload
}

// File is the file of an upload.
type File struct {
	Part        string // "file"
	Name        string
	ContentType string
	Content     []byte
}

// Split splits a multipart body: its JSON part alone is signed. Another body is signed as a whole.
func Split(header http.Header, raw []byte) (signed []byte, file *File, issue string) {
	kind, params, _ := mime.ParseMediaType(header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		return raw, nil, ""
	}
	parts := multipart.NewReader(bytes.NewReader(raw), params["boundary"])
	const most = 8 // a valid body has two parts
	for range most {
		p, err := parts.NextPart()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, nil, "the multipart body is malformed"
		}
		content, err := io.ReadAll(p)
		switch {
		case err != nil:
			return nil, nil, "the multipart body is cut off"
		case p.FormName() == "meta" || p.FileName() == "":
			signed = content
		default:
			file = &File{p.FormName(), p.FileName(), p.Header.Get("Content-Type"), content}
		}
	}
	if signed == nil || file == nil {
		return nil, nil, "the multipart body lacks its JSON part, or its file"
	}
	return signed, file, ""
}
