package docx

import (
	"readiness/internal/report/ooxml"
	"readiness/internal/report/outline"
)

// node is an element of the document.
type node = ooxml.Node

func el(name string, kids ...node) node { return ooxml.El(name, kids...) }

// val is an element whose one attribute says it all.
func val(name, value string) node { return el(name).Set("w:val", value) }

func words(name, s string) node { return ooxml.Words(name, s) }

func num(n int) string { return ooxml.Num(n) }

// root is an element that says what the prefixes in it stand for.
func root(name string, kids ...node) node {
	const schemas, drawing = ooxml.Schemas, ooxml.Schemas + "drawingml/2006/"
	return el(name, kids...).Set("xmlns:w", schemas+"wordprocessingml/2006/main", "xmlns:r", ooxml.Relations,
		"xmlns:wp", drawing+"wordprocessingDrawing", "xmlns:a", drawing+"main", "xmlns:pic", drawing+"picture",
		"xmlns:mc", schemas+"markup-compatibility/2006", "xmlns:wpg", "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
		"xmlns:wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape")
}

func text(s string) outline.Text { return outline.Text{{Text: s}} }
