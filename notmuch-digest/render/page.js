/* SPDX-License-Identifier: GPL-3.0-or-later */
// page.js - the filter and the keys of the HTML report; it reads as well without
(() => {
	"use strict";
	const form = document.querySelector("form");
	if (!form)
		return;
	const words = form.querySelector("input[type=search]");
	const category = form.querySelector("select");
	const count = form.querySelector("output");
	const useKeys = form.querySelector("input[type=checkbox]");
	const all = selector => [...document.querySelectorAll(selector)];
	const readable = element => ({element, text: element.textContent.toLowerCase()});
	const threads = all("article").map(element => ({
		...readable(element),
		title: element.querySelector("a"),
	}));
	// A line is wanted when its thread is, or by itself when that has no entry.
	const lines = all(".front li, .since li").map(element => ({
		...readable(element),
		thread: threads.find(thread =>
			element.querySelector("a").getAttribute("href") === `#${thread.element.id}`),
	}));
	// What shows nothing when all in it is hidden.
	const groups = all(".front section, .since section, section.list").map(element => ({
		element,
		parts: [...element.querySelectorAll(element.matches(".list") ? "article" : "li")],
	}));
	const rests = all(".front p, .since p");

	const isWanted = (part, wanted) =>
		(!category.value || part.element.dataset.category === category.value) &&
		wanted.every(word => part.text.includes(word));

	const filter = () => {
		const wanted = words.value.toLowerCase().split(/\s+/).filter(Boolean);
		const chosen = wanted.length > 0 || category.value !== "";

		for (const thread of threads)
			thread.element.hidden = !isWanted(thread, wanted);
		for (const line of lines)
			line.element.hidden = line.thread ? line.thread.element.hidden
				: !isWanted(line, wanted);
		for (const group of groups)
			group.element.hidden = chosen && group.parts.every(part => part.hidden);
		for (const rest of rests)
			rest.hidden = chosen;
		const numbers = [threads.filter(x => !x.element.hidden).length, threads.length];
		count.value = count.dataset.text.replace(/%s/g, () => numbers.shift());
	};

	const current = () => threads.findIndex(thread =>
		thread.element.contains(document.activeElement));

	const go = step => {
		let at = current();

		if (at < 0)
			at = step > 0 ? -1 : threads.length;
		do
			at += step;
		while (threads[at] && threads[at].element.hidden);
		if (!threads[at])
			return;
		threads[at].title.focus({preventScroll: true});
		threads[at].element.scrollIntoView({block: "start"});
	};

	const here = () => threads[current()];

	const mails = () => {
		const list = here() && here().element.querySelector("details.mails");

		if (list)
			list.open = !list.open;
	};

	const open = () => {
		const link = here() && here().element.querySelector("h3 a:last-child");

		if (link)
			link.click();
	};

	const showAll = () => {
		words.value = category.value = "";
		words.blur();
		filter();
	};

	const keys = {
		j: () => go(1),
		k: () => go(-1),
		m: mails,
		o: open,
		f: () => {
			document.activeElement.blur();
			scrollTo(0, 0);
		},
		"/": () => words.focus(),
	};

	document.addEventListener("keydown", event => {
		if (event.ctrlKey || event.altKey || event.metaKey || !useKeys.checked)
			return;
		if (event.key === "Escape") {
			showAll();
			return;
		}
		if (event.target.matches("input, select") || !keys[event.key])
			return;
		event.preventDefault();
		keys[event.key]();
	});
	form.addEventListener("submit", event => event.preventDefault());
	form.addEventListener("input", filter);
	form.hidden = false;
	filter();
})();
